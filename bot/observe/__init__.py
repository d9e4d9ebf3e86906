"""What an operator can see of the running program: numbers and logs, never a learner's words."""
