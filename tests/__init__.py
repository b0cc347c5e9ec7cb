"""The tests: a file a room, named test_<room>.py."""
