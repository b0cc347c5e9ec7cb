"""Tests of digitnet/nn."""
