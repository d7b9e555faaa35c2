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
  l1 = length(var.password)
  l2 = (false ? tomap(var.labels) : tomap({ e = var.options.first }))
  l3 = !(var.enabled)
  l4 = one([var.name])
}

resource "terraform_data" "r5" {
  for_each = merge({ a = "m" }, { b = "${replace(var.options.first, "a", "o")}-${(var.enabled ? 1 : 7)}" })
  input = (var.enabled ? var.size % 3 : sum([1, 1]))

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l6 = tolist(["l"])
  l7 = startswith("%{ for x in flatten([keys(terraform_data.r5), ["beta"]]) }<${x}>%{ endfor }", "p")
  l8 = var.name
  l9 = coalesce(replace(local.l4, "a", "o"), "none")
}

resource "terraform_data" "r10" {
  input = length([local.l4])
}

locals {
  l11 = var.items
  l12 = coalesce(local.l4, "none")
  l13 = var.options.tags
  l14 = format("%s/%03d", "${jsonencode(keys(terraform_data.r5))}-${length(var.labels)}", sum([var.size * 2, 1]))
}

output "o15" {
  value = local.l9
}

output "o16" {
  value = (length(["Grüße", local.l9]) + (contains(local.l11, local.l14) ? length(keys(terraform_data.r5)) : 0 * 2))
}

output "o17" {
  value = !(var.enabled)
}

output "o18" {
  value = [for x in concat(local.l11, (local.l3 ? tolist(keys(terraform_data.r5)) : tolist([]))) : x if x != var.password]
  sensitive = true
}

output "o19" {
  value = local.l13
}

