a = "tfvars"
b = "tfvars"
c = "tfvars"
d = "tfvars"
list = ["x", 1, true]
number = "12"
any = { a = [1, "b"] }
truth = "true"
set = ["b", "a", "b"]
