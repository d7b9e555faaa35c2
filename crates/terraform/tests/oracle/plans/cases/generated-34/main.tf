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
  l1 = (var.password != null && var.name == var.name)
  l2 = local.l1
  l3 = { a = "m" }
  l4 = var.size
}

resource "terraform_data" "r5" {
  input = local.l4 > local.l4
  triggers_replace = [format("%s/%03d", var.name, max(local.l4, var.size)), 1]
}

resource "terraform_data" "r6" {
  input = upper(format("%s/%03d", var.options.first, (2 + local.l4)))

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r7" {
  for_each = toset(concat(distinct(tolist(tolist(["l"]))), sort(tolist(var.items))))
  input = [for x in ((var.enabled && terraform_data.r5.input) ? tolist(var.items) : tolist([])) : "${x}-${element(concat(["z"], sort(tolist(var.items))), 1)}"]
  triggers_replace = [join("-", [for k, v in (local.l2 ? tomap(var.options.tags) : tomap({ e = var.password })) : "${k}=${v}"]), 1]
}

locals {
  l8 = { a = "%{ for x in keys(local.l3) }<${x}>%{ endfor }", b = terraform_data.r6.output }
  l9 = local.l4
  l10 = local.l9
}

module "m11" {
  source = "./a"
  for_each = { for i, x in var.items : "k${i}" => x }
  name = jsonencode([for x in [each.value, terraform_data.r6.output] : "${x}-${"${terraform_data.r6.id}-${0}"}"])
  enabled = !(var.enabled)
  labels = (startswith(each.key, "p") ? tomap({ for k, v in var.options.tags : k => upper(v) }) : tomap({ e = "${"Grüße"}-${0}" }))
  password = ((terraform_data.r5.input ? { v = terraform_data.r5.id } : { v = var.options.first }).v)
  options = { first = "f-${jsonencode(var.items)}", other = 1 }
}

resource "terraform_data" "r12" {
  input = local.l2
}

locals {
  l13 = concat([terraform_data.r12.id, replace(terraform_data.r5.id, "a", "o")], keys(terraform_data.r7))
  l14 = (can({ for i, x in keys(terraform_data.r7) : "k${i}" => x }.a) || terraform_data.r5.input)
  l15 = var.options.first
  l16 = sum([local.l4, 1])
}

output "o17" {
  value = "Grüße"
}

output "o18" {
  value = (!(local.l9 > 0) ? local.l9 : max(length(local.l3), length(var.name)))
}

output "o19" {
  value = (1 > (local.l4 + local.l16) || (!(terraform_data.r12.input) && terraform_data.r12.input))
  sensitive = true
}

output "o20" {
  value = reverse(local.l13)
}

output "o21" {
  value = zipmap(["a", "d"], [var.options.first, terraform_data.r5.id])
}

