variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = []
  l2 = local.l1
  l3 = var.options.tags
}

resource "terraform_data" "r4" {
  input = (startswith(var.password, "p") ? length(var.items) : var.size)
}

locals {
  l5 = local.l1
  l6 = terraform_data.r4.output
  l7 = flatten([tolist([var.password, "Grüße"]), [var.options.first]])
  l8 = zipmap(["a", "d"], [trimspace(" ${var.password} "), try(tomap({ a = "1", b = "2" })["zz"], trimspace(" ${var.options.first} "))])
}

module "m9" {
  source = "./a"
  enabled = "alpha" != null
  items = flatten([local.l5, [var.options.first]])
  labels = tomap({ a = var.options.first, c = var.options.first })
}

module "m10" {
  source = "./a"
  for_each = toset([for k, v in { a = "m" } : "${k}=${v}"])
  name = format("%s/%03d", module.m9.o11, var.size)
  size = module.m9.o12 % 3 % 3
  password = each.value
}

resource "terraform_data" "r11" {
  input = length(local.l7) > 0
}

locals {
  l12 = length(local.l8)
}

output "o13" {
  value = terraform_data.r4.id
}

output "o14" {
  value = (length(module.m9.o15) + length(var.password))
  sensitive = true
}

output "o15" {
  value = !(terraform_data.r11.output)
  sensitive = true
}

output "o16" {
  value = [one([var.password])]
  sensitive = true
}

output "o17" {
  value = { for i, x in local.l7 : "k${i}" => x }
  sensitive = true
}

