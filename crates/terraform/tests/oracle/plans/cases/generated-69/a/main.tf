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
  l1 = [for k, v in { a = jsonencode(var.items) } : "${k}=${v}"]
  l2 = [for x in concat(local.l1, var.items) : x if x != one([var.password])]
  l3 = "${"%{ if var.enabled }yes%{ else }no%{ endif }"}-${(true ? var.size : var.size)}"
  l4 = var.enabled
}

resource "terraform_data" "r5" {
  input = trimspace(" ${substr("${"Grüße"}-long", 0, 3)} ")
  triggers_replace = [substr("${local.l3}-long", 0, 3), 1]
}

resource "terraform_data" "r6" {
  for_each = var.labels
  input = tostring(var.size * 2)
  triggers_replace = [element(concat(["z"], local.l1), 1), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r7" {
  input = (var.size + var.size) > length(keys(terraform_data.r6))
}

locals {
  l8 = terraform_data.r7.input
  l9 = !(local.l8)
  l10 = { a = one([terraform_data.r5.id]), b = "%{ if local.l8 }yes%{ else }no%{ endif }" }
  l11 = (length(["x", "y"]) > 0 ? tomap(zipmap(["a", "d"], ["%{ if var.enabled }yes%{ else }no%{ endif }", terraform_data.r5.output])) : tomap({ e = "beta" }))
}

resource "terraform_data" "r12" {
  count = var.enabled ? 1 : 0
  input = !(!(var.options.first == terraform_data.r7.id))

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l13 = length(keys(tomap({ a = var.password, c = "beta" }))) > 0
  l14 = { for i, x in values(terraform_data.r6)[*].input : "k${i}" => x }
}

output "o15" {
  value = one(["Grüße"])
}

output "o16" {
  value = (local.l9 ? var.size : 0)
}

output "o17" {
  value = var.size % 3 > (length(terraform_data.r12) + (false ? length(terraform_data.r12) : length(terraform_data.r12)))
}

output "o18" {
  value = tolist(["", "beta"])
}

output "o19" {
  value = tomap({ a = var.name, c = var.options.first })
}

