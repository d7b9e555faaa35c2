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
  l1 = one([try(var.labels["zz"], var.name)])
  l2 = merge({ for i, x in var.items : "k${i}" => x }, { b = try(var.labels["zz"], var.password) })
  l3 = (var.enabled && !(true))
  l4 = compact(["%{ if var.size > var.size }yes%{ else }no%{ endif }", ""])
}

resource "terraform_data" "r5" {
  input = element(concat(["z"], var.items), 1)
  triggers_replace = [var.password, 1]
}

locals {
  l6 = tomap({ a = upper(local.l1), c = jsonencode(local.l4) })
  l7 = tolist([trimspace(" ${var.name} "), terraform_data.r5.output])
  l8 = terraform_data.r5.id
}

module "m9" {
  source = "./a"
  name = format("%s/%03d", local.l1, 1)
  size = var.size
  enabled = can(var.labels.a)
  password = jsonencode(local.l7)
  options = { first = "f-${jsonencode({ name = element(concat(["z"], var.items), 1), size = length(var.labels) })}", other = 1 }
}

module "m10" {
  source = "./a"
  count = 3
  name = "p-${"%{ for x in local.l7 }<${x}>%{ endfor }"}"
  size = count.index * 2
  enabled = ((local.l3 && length(var.items) > 0) || local.l3)
  labels = tomap({ a = ((local.l3 ? { v = var.options.first } : { v = terraform_data.r5.input }).v), c = element(concat(["z"], [for k, v in var.labels : "${k}=${v}"]), 1) })
  password = local.l8
}

resource "terraform_data" "r11" {
  count = 1
  input = substr("${replace(terraform_data.r5.id, "a", "o")}-long", 0, 3)
}

locals {
  l12 = length(keys({ for k, v in local.l2 : "${k}-x" => v if k != "b" })) > 0
  l13 = formatlist("%s!", ["x", "y"])
  l14 = var.enabled
}

output "o15" {
  value = "alpha"
}

output "o16" {
  value = max(max(var.size, module.m9.o14), module.m9.o14)
}

output "o17" {
  value = contains(["%{ for x in local.l13 }<${x}>%{ endfor }", "p-${terraform_data.r5.id}"], "alpha")
}

output "o18" {
  value = [local.l1, terraform_data.r5.id]
}

output "o19" {
  value = zipmap(["a", "d"], [local.l1, "%{ for x in local.l13 }<${x}>%{ endfor }"])
}

