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
  l1 = var.size % 3 % 3
  l2 = can({}.a)
  l3 = (local.l1 + local.l1)
  l4 = max(local.l1, local.l3)
}

resource "terraform_data" "r5" {
  count = 1
  input = (local.l2 ? var.password : upper(var.password))

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  input = (length({ for i, x in terraform_data.r5[*].input : "k${i}" => x }) + (length(terraform_data.r5) * 2 + (length(terraform_data.r5) + local.l4)))
  triggers_replace = [tostring(local.l3), 1]
}

locals {
  l7 = (local.l2 && var.enabled)
  l8 = var.options.tags
  l9 = ((startswith(try(terraform_data.r5[0].output, "none"), "p") ? { v = try(local.l8["zz"], "%{ if local.l2 }yes%{ else }no%{ endif }") } : { v = element(concat(["z"], tolist(["l"])), 1) }).v)
}

module "m10" {
  source = "./a"
  count = min(3, length(terraform_data.r5))
  name = "alpha"
  size = length(terraform_data.r5)
  enabled = length([{ v = var.options.first }, { v = "${var.options.first}-${length(terraform_data.r5)}" }][*].v) > 0
  items = (var.enabled ? tolist(var.items) : tolist([]))
  labels = local.l8
  password = element(concat(["z"], concat(terraform_data.r5[*].id, terraform_data.r5[*].input)), 1)
}

resource "terraform_data" "r11" {
  input = { for i, x in terraform_data.r5[*].input : "k${i}" => x }
  triggers_replace = [trimspace(" ${local.l9} "), 1]
}

locals {
  l12 = join("-", [for x in var.items : "${x}-${var.options.first}"])
  l13 = var.name != null
  l14 = length(local.l12)
}

output "o15" {
  value = "%{ for x in terraform_data.r5[*].id }<${x}>%{ endfor }"
}

output "o16" {
  value = length(terraform_data.r5[*].id)
}

output "o17" {
  value = contains(tolist([terraform_data.r6.id, terraform_data.r11.id]), lookup({ a = "m" }, "a", var.name))
}

output "o18" {
  value = formatlist("%s!", terraform_data.r5[*].id)
}

output "o19" {
  value = { a = ((local.l13 ? { v = terraform_data.r6.id } : { v = terraform_data.r11.id }).v), b = join("-", terraform_data.r5[*].id) }
}

