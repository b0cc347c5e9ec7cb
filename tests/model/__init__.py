"""Tests of digitnet/model."""
