"""Tests of digitnet/reading."""
