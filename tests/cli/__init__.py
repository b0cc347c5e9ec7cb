"""Tests of digitnet/cli."""
