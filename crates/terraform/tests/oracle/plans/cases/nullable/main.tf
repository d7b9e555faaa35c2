variable "a" {
  default  = "a"
  nullable = false
}

variable "b" {
  default = "b"
}

variable "c" {
  type     = string
  default  = null
}

module "nulls" {
  source = "./m"
  a      = null
  b      = null
}

module "defaults" {
  source = "./m"
}

module "expressions" {
  source = "./m"
  a      = var.c
  b      = var.c
}

output "all" {
  value = [var.a, var.b, var.c, module.nulls.all, module.defaults.all, module.expressions.all]
}
