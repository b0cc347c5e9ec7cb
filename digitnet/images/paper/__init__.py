"""The paper: what lies around it, its light, and how far each pixel stands out from it."""
