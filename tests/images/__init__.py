"""Tests of digitnet/images."""
