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
  l1 = split("-", var.name)
  l2 = jsonencode(tolist(toset([var.name, "set"])))
  l3 = (startswith(substr("${var.name}-long", 0, 3), "p") ? tolist([for x in [for x in local.l1 : "${x}-${"Grüße"}"] : "${x}-${jsonencode(var.items)}"]) : tolist([]))
  l4 = var.name != null
}

resource "terraform_data" "r5" {
  input = var.name != null
  triggers_replace = [(!(startswith(var.password, "p")) ? var.password : var.password), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  for_each = var.labels
  input = "${join("-", slice(concat(["s", each.value], local.l3), 0, 2))}-${length(join("-", ["x", "y"]))}"
  triggers_replace = [substr("${format("%s/%03d", substr("${var.options.first}-long", 0, 3), var.size % 3)}-long", 0, 3), 1]
}

resource "terraform_data" "r7" {
  count = min(3, 7 % 3)
  input = tostring(var.size)
}

locals {
  l8 = jsonencode({ name = lookup(var.options.tags, "a", terraform_data.r5.id), size = length({ for k, r in terraform_data.r6 : k => r.id }) })
}

module "m9" {
  source = "./a"
  name = jsonencode(split("-", format("%s/%03d", try(terraform_data.r7[0].output, "none"), var.size)))
  size = length({})
  enabled = !(var.options.first != null)
  labels = (false ? tomap(var.labels) : tomap({ e = "" }))
  password = element(concat(["z"], local.l3), 1)
}

resource "terraform_data" "r10" {
  input = tomap({ a = "1", b = "2" })
}

locals {
  l11 = { a = join("-", terraform_data.r7[*].id) }
  l12 = keys(terraform_data.r6)
}

output "o13" {
  value = local.l2
}

output "o14" {
  value = (!(terraform_data.r5.input) ? length(terraform_data.r7) : length(terraform_data.r10.input))
}

output "o15" {
  value = (element(concat(["z"], ["x", "y"]), 1) != null && length(module.m9.o13) > sum([module.m9.o14, 1]))
  sensitive = true
}

output "o16" {
  value = slice(concat(["s", jsonencode({ name = ((terraform_data.r5.input ? { v = try(terraform_data.r7[0].output, "none") } : { v = terraform_data.r5.id }).v), size = max(length(terraform_data.r7), var.size) })], [tostring(module.m9.o14), local.l8]), 0, 2)
}

output "o17" {
  value = zipmap(["a", "d"], [local.l8, try(module.m9.o17["zz"], local.l2)])
}

