"""Tests of digitnet/sheet."""
