"""The demonstration office: invented bodies, people and papers. Nothing here is real."""
