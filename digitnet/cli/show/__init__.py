"""How results, waits and errors look: everything that rich draws."""
