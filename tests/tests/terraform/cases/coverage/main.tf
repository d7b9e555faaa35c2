module "live" {
  source = "./live"
}
