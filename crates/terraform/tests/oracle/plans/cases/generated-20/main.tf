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
  l1 = length(var.items)
  l2 = var.enabled
  l3 = [for x in var.items : x if x != coalesce(var.name, "none")]
}

resource "terraform_data" "r4" {
  count = min(3, length(((var.enabled && local.l2) ? tomap({ for k, v in var.options.tags : k => upper(v) }) : tomap({ e = coalesce(var.options.first, "none") }))))
  input = (true ? var.password : var.name)
}

resource "terraform_data" "r5" {
  count = 3
  input = (local.l2 ? try(terraform_data.r4[0].output, "none") : var.name)
}

resource "terraform_data" "r6" {
  for_each = toset(concat((local.l2 ? tolist(var.items) : tolist([])), var.items))
  input = compact([try(terraform_data.r5[0].output, "none"), ""])
}

locals {
  l7 = trimspace(" ${var.password} ")
  l8 = substr("${try(terraform_data.r5[0].output, "none")}-long", 0, 3) != null
}

module "m9" {
  source = "./a"
  count = min(3, length(keys(var.options.tags)))
  size = (local.l1 + length(var.name))
  enabled = length(["x", "y"]) > 0
  items = [for k, v in { for k, v in tomap({ a = var.options.first, c = var.options.first }) : k => upper(v) } : "${k}=${v}"]
  labels = var.labels
  password = lookup({ a = lookup({ a = "m" }, "a", var.options.first), b = join("-", local.l3) }, "a", (length(terraform_data.r4) > local.l1 ? "${var.options.first}-${count.index}" : jsonencode(terraform_data.r5[*].input)))
  options = { first = "f-${upper("%{ for x in var.items }<${x}>%{ endfor }")}", other = 1 }
}

resource "terraform_data" "r10" {
  for_each = toset([for k, v in var.labels : "${k}=${v}"])
  input = [for x in var.items : "${x}-${lookup((var.enabled ? tomap(var.options.tags) : tomap({ e = try(terraform_data.r4[0].output, "none") })), "a", lookup({ for k, r in terraform_data.r6 : k => r.id }, "a", var.password))}"]
}

locals {
  l11 = max(local.l1, length(terraform_data.r5))
}

output "o12" {
  value = "p-${var.options.first}"
}

output "o13" {
  value = (max(length(terraform_data.r5), local.l11) + length(terraform_data.r5))
}

output "o14" {
  value = "%{ for x in var.items }<${x}>%{ endfor }" == try(terraform_data.r4[0].output, "none")
  sensitive = true
}

output "o15" {
  value = [replace("${var.name}-${7}", "a", "o")]
}

output "o16" {
  value = { for k, r in terraform_data.r10 : k => r.id }
}

