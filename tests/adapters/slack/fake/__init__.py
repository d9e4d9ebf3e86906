"""A strict Slack on the loopback interface: what Slack refuses, it refuses."""
