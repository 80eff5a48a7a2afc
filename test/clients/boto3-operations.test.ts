import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isMissing } from "../support/machine.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const run = promisify(execFile);

/** Administers a pool by botocore's own model of the API, which checks each request and parses each answer. */
const PROGRAM = `
import boto3, json, sys
cognito = boto3.client("cognito-idp", endpoint_url=sys.argv[1])
called = set()
cognito.meta.events.register("before-call.cognito-identity-provider", lambda model, **_: called.add(model.name))

def pages(name, key, **arguments):
    found = []
    for page in cognito.get_paginator(name).paginate(**arguments, PaginationConfig={"PageSize": 1}):
        found += page[key]
    return found

pool = cognito.create_user_pool(PoolName="boto3")["UserPool"]["Id"]
of = {"UserPoolId": pool}
assert cognito.describe_user_pool(**of)["UserPool"]["Name"] == "boto3"
cognito.update_user_pool(**of, UserPoolTags={"team": "a"})
arn = cognito.describe_user_pool(**of)["UserPool"]["Arn"]
cognito.tag_resource(ResourceArn=arn, Tags={"stage": "test"})
assert cognito.list_tags_for_resource(ResourceArn=arn)["Tags"]["stage"] == "test"
cognito.untag_resource(ResourceArn=arn, TagKeys=["stage"])
cognito.add_custom_attributes(**of, CustomAttributes=[{"Name": "plan", "AttributeDataType": "String", "Mutable": True}])
assert pool in [p["Id"] for p in pages("list_user_pools", "UserPools")]

clients = [cognito.create_user_pool_client(**of, ClientName="app%d" % n)["UserPoolClient"]["ClientId"] for n in range(3)]
assert sorted(c["ClientId"] for c in pages("list_user_pool_clients", "UserPoolClients", **of)) == sorted(clients)
client = {**of, "ClientId": clients[0]}
cognito.update_user_pool_client(**client, ClientName="renamed")
assert cognito.describe_user_pool_client(**client)["UserPoolClient"]["ClientName"] == "renamed"
cognito.delete_user_pool_client(**of, ClientId=clients[2])

for n in range(3):
    cognito.create_group(**of, GroupName="group%d" % n, Precedence=n)
    cognito.admin_create_user(**of, Username="user%d" % n, MessageAction="SUPPRESS")
    cognito.admin_add_user_to_group(**of, Username="user%d" % n, GroupName="group0")
cognito.admin_add_user_to_group(**of, Username="user0", GroupName="group1")
assert len(pages("list_groups", "Groups", **of)) == 3
assert len(pages("list_users", "Users", **of)) == 3
assert len(pages("list_users_in_group", "Users", **of, GroupName="group0")) == 3
assert [g["GroupName"] for g in pages("admin_list_groups_for_user", "Groups", **of, Username="user0")] == ["group0", "group1"]
cognito.update_group(**of, GroupName="group0", Description="all")
assert cognito.get_group(**of, GroupName="group0")["Group"]["Description"] == "all"
cognito.admin_remove_user_from_group(**of, Username="user0", GroupName="group1")
cognito.delete_group(**of, GroupName="group2")

user = {**of, "Username": "user0"}
cognito.admin_update_user_attributes(**user, UserAttributes=[{"Name": "custom:plan", "Value": "gold"}])
assert {"Name": "custom:plan", "Value": "gold"} in cognito.admin_get_user(**user)["UserAttributes"]
cognito.admin_delete_user_attributes(**user, UserAttributeNames=["custom:plan"])
cognito.admin_disable_user(**user)
assert not cognito.admin_get_user(**user)["Enabled"]
cognito.admin_enable_user(**user)
cognito.admin_user_global_sign_out(**user)
cognito.admin_delete_user(**user)

for n in range(2):
    cognito.create_resource_server(**of, Identifier="api%d" % n, Name="API", Scopes=[{"ScopeName": "read", "ScopeDescription": "Read"}])
    details = {"client_id": "id", "client_secret": "secret", "authorize_scopes": "profile"}
    cognito.create_identity_provider(**of, ProviderName=["Google", "LoginWithAmazon"][n], ProviderType=["Google", "LoginWithAmazon"][n], ProviderDetails=details)
assert [s["Identifier"] for s in pages("list_resource_servers", "ResourceServers", **of)] == ["api0", "api1"]
assert sorted(p["ProviderName"] for p in pages("list_identity_providers", "Providers", **of)) == ["Google", "LoginWithAmazon"]
assert cognito.describe_identity_provider(**of, ProviderName="Google")["IdentityProvider"]["ProviderType"] == "Google"
cognito.delete_identity_provider(**of, ProviderName="Google")
assert cognito.describe_resource_server(**of, Identifier="api0")["ResourceServer"]["Scopes"][0]["ScopeName"] == "read"
cognito.delete_resource_server(**of, Identifier="api0")
cognito.create_user_pool_domain(**of, Domain="boto3-operations")
assert cognito.describe_user_pool_domain(Domain="boto3-operations")["DomainDescription"]["UserPoolId"] == pool
cognito.delete_user_pool_domain(**of, Domain="boto3-operations")
assert cognito.get_user_pool_mfa_config(**of)["MfaConfiguration"] == "OFF"
cognito.delete_user_pool(**of)
print(json.dumps(sorted(called)))
`;

describe.skipIf(isMissing("boto3"))("boto3", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it("calls more than forty operations of a pool, with its paginators at one item a page", async () => {
    const { stdout } = await run("python3", ["-c", PROGRAM, server.url], { env: server.environment() });
    expect(JSON.parse(stdout).length).toBeGreaterThan(40);
  }, 120_000);
});
