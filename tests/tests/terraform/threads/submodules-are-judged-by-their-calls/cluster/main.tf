module "nodes" {
  count     = 1
  source    = "./modules/nodes"
  encrypted = false # finding database-not-encrypted: false
}
