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
  l1 = var.password
}

resource "terraform_data" "r2" {
  input = ("" == var.password ? tolist(slice(concat(["s", local.l1], var.items), 0, 2)) : tolist([]))
  triggers_replace = ["beta", 1]
}

locals {
  l3 = trimspace(" ${"Grüße"} ")
  l4 = zipmap(["a", "d"], ["p-${var.password}", "${"%{ for x in terraform_data.r2.input }<${x}>%{ endfor }"}-${length(var.items)}"])
  l5 = join("-", [var.password, local.l3]) == "%{ if var.enabled }yes%{ else }no%{ endif }"
  l6 = var.size
}

resource "terraform_data" "r7" {
  count = min(3, length((var.enabled ? upper(var.options.first) : substr("${local.l3}-long", 0, 3))))
  input = reverse(tolist(toset([jsonencode(var.items), "set"])))
}

locals {
  l8 = { for k, v in { for i, x in terraform_data.r2.output : "k${i}" => x } : "${k}-x" => v if k != "b" }
  l9 = "${trimspace(" ${local.l3} ")}-${(local.l6 + var.size)}" == ((startswith("alpha", "p") ? { v = jsonencode(tolist(["l"])) } : { v = substr("${var.options.first}-long", 0, 3) }).v)
  l10 = tomap({ a = local.l1, c = local.l1 })
  l11 = lookup({ a = upper(var.options.first) }, "a", terraform_data.r2.id)
}

output "o12" {
  value = local.l3
}

output "o13" {
  value = (false ? 7 : local.l6) * 2
}

output "o14" {
  value = var.enabled
}

output "o15" {
  value = distinct(tolist(compact([terraform_data.r2.id, ""])))
}

output "o16" {
  value = { for k, v in local.l8 : "${k}-x" => v if k != "b" }
  sensitive = true
}

