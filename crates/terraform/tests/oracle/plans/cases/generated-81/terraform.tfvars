name = "from-tfvars"
size = "4"
