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
  l1 = join("-", var.items)
  l2 = jsonencode({ name = "p-${element(concat(["z"], var.items), 1)}", size = var.size * 2 })
  l3 = jsonencode({ name = jsonencode({ name = local.l2, size = var.size }), size = (var.size + var.size) })
  l4 = !(one([var.options.first]) != null)
}

resource "terraform_data" "r5" {
  count = min(3, max(length(var.options.tags) % 3, 7))
  input = var.items
}

resource "terraform_data" "r6" {
  for_each = toset((startswith("beta", "p") ? tolist(slice(concat(["s", var.options.first], var.items), 0, 2)) : tolist([])))
  input = var.options.tags
  triggers_replace = [jsonencode(keys(var.labels)), 1]
}

resource "terraform_data" "r7" {
  input = sort(tolist(["%{ for x in keys(terraform_data.r6) }<${x}>%{ endfor }", format("%s/%03d", "Grüße", 7)]))
}

locals {
  l8 = var.name
  l9 = keys(terraform_data.r6)
}

module "m10" {
  source = "./a"
  name = try({ for k, r in terraform_data.r6 : k => r.id }["zz"], local.l1)
  size = var.size
}

resource "terraform_data" "r11" {
  input = (startswith(var.name, "p") ? tolist(split("-", local.l1)) : tolist([]))
}

locals {
  l12 = length("%{ for x in terraform_data.r11.input }<${x}>%{ endfor }") > (length(terraform_data.r7.output) + var.size)
  l13 = length(substr("${local.l2}-long", 0, 3))
}

output "o14" {
  value = element(concat(["z"], terraform_data.r11.output), 1)
}

output "o15" {
  value = length(terraform_data.r11.output)
}

output "o16" {
  value = ((local.l4 ? { v = terraform_data.r11.id } : { v = var.name }).v) != null
}

output "o17" {
  value = var.items
}

output "o18" {
  value = { for i, x in terraform_data.r11.input : "k${i}" => x }
}

