# Pins nothing.
