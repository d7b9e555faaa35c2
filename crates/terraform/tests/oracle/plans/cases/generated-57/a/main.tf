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
  l1 = "%{ if (1 > var.size || var.password == var.options.first) }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r2" {
  input = var.labels
  triggers_replace = [(var.options.first == var.options.first ? ((var.enabled ? { v = local.l1 } : { v = var.password }).v) : trimspace(" ${local.l1} ")), 1]
}

resource "terraform_data" "r3" {
  count = var.enabled ? 1 : 0
  input = var.items
}

locals {
  l4 = { a = var.options.first }
  l5 = (var.enabled || true)
  l6 = length(var.labels)
  l7 = split("-", terraform_data.r2.id)
}

resource "terraform_data" "r8" {
  input = "p-${"beta"}" == "${element(concat(["z"], local.l7), 1)}-${sum([length(terraform_data.r3), 1])}"
}

locals {
  l9 = (var.size + var.size)
  l10 = merge({ a = substr("${local.l1}-long", 0, 3) }, { b = replace(lookup(var.labels, "a", terraform_data.r2.id), "a", "o") })
  l11 = terraform_data.r8.id
  l12 = keys({ for i, x in var.items : "k${i}" => x })
}

output "o13" {
  value = "${"p-${terraform_data.r8.id}"}-${local.l6 % 3}"
}

output "o14" {
  value = local.l9 * 2
}

output "o15" {
  value = var.enabled
}

output "o16" {
  value = tolist([jsonencode({ name = terraform_data.r8.id, size = 2 }), "%{ if terraform_data.r8.output }yes%{ else }no%{ endif }"])
}

output "o17" {
  value = { for k, v in var.labels : "${k}-x" => v if k != "b" }
}

