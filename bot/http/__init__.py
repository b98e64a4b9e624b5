"""What programs of the company may ask of a running bot by HTTP."""
