"""Every address of the application, and what each kind of person is answered there.

One line per method and address; the numbers stand for, in this order,

    anonymous  stranger  reader  member  elsewhere  administrator

(`neighbours.WHO`). A dash: not asked, because the request is about oneself (signing out, deleting one's account), or
because its answer hangs on more than on who asks. What no line allows is denied; an address without a line fails.
"""

from typing import Any

MATRIX = """
POST   /_session                                                          404 404 404 404 404 404
DELETE /api/v1/account                                                    401   -   -   -   -   -
GET    /api/v1/account                                                    401 200 200 200 200 200
PATCH  /api/v1/account                                                    401   -   -   -   -   -
GET    /api/v1/account/audit                                              401 200 200 200 200 200
PUT    /api/v1/account/email                                              401   -   -   -   -   -
PUT    /api/v1/account/email/code                                         401   -   -   -   -   -
DELETE /api/v1/account/identities/{provider}                              401 404 404 404 404 404
POST   /api/v1/account/identities/{provider}                              401 404 404 404 404 404
PUT    /api/v1/account/password                                           401   -   -   -   -   -
GET    /api/v1/accounts                                                   401 404 404 404 404 404
POST   /api/v1/accounts                                                   404 404 404 404 404 404
PATCH  /api/v1/accounts/{account}                                         401 404 404 404 404 404
GET    /api/v1/applications                                               401 200 200 200 200 200
POST   /api/v1/applications                                               401 404 404 404 404 409
PUT    /api/v1/applications/{application}                                 401 404 403 403 404 200
GET    /api/v1/calendar                                                   401 200 200 200 200 200
POST   /api/v1/calendar                                                   401 201 201 201 201 201
DELETE /api/v1/calendar                                                   401 204 204 204 204 204
GET    /api/v1/calendar/{file}                                            404 404 404 404 404 404
GET    /api/v1/credentials                                                401 200 200 200 200 200
POST   /api/v1/credentials                                                401 201 201 201 201 201
DELETE /api/v1/credentials/{credential}                                   401 404 404 404 404 404
GET    /api/v1/devices                                                    401 200 200 200 200 200
POST   /api/v1/devices/here/report                                        401 204 204 204 204 204
DELETE /api/v1/devices/{device}                                           401 404 404 404 404 404
POST   /api/v1/devices/{device}/lost                                      401 404 404 404 404 404
GET    /api/v1/files/{space}/{partition}/{sha256}                         404 404 404 404 404 404
PUT    /api/v1/files/{space}/{partition}/{sha256}                         401 404 404 201 404 201
GET    /api/v1/health                                                     200 200 200 200 200 200
POST   /api/v1/invitations                                                401 404 403 403 404 201
POST   /api/v1/invitations/accept                                         401 404 404 404 404 404
POST   /api/v1/invitations/look                                           404 404 404 404 404 404
DELETE /api/v1/invitations/{invitation}                                   401 404 404 404 404 204
POST   /api/v1/links/context                                              401 404 404 404 404 404
GET    /api/v1/links/keys                                                 200 200 200 200 200 200
GET    /api/v1/meta                                                       200 200 200 200 200 200
GET    /api/v1/openapi.json                                               200 200 200 200 200 200
DELETE /api/v1/opinions/{thing}/{opinion}                                 401 404 404 404 404 404
GET    /api/v1/organisations                                              401 200 200 200 200 200
POST   /api/v1/organisations                                              401 201 201 201 201 201
DELETE /api/v1/organisations/{organisation}                               401 404 404 404 404 204
GET    /api/v1/organisations/{organisation}                               401 404 404 404 404 200
PATCH  /api/v1/organisations/{organisation}                               401 404 404 404 404 200
DELETE /api/v1/organisations/{organisation}/administrators/{account}      401 404 404 404 404 404
PUT    /api/v1/organisations/{organisation}/administrators/{account}      401 404 404 404 404 204
DELETE /api/v1/organisations/{organisation}/logo                          401 404 404 404 404 204
GET    /api/v1/organisations/{organisation}/logo                          401 404 404 404 404 404
PUT    /api/v1/organisations/{organisation}/logo                          401 404 404 404 404 415
GET    /api/v1/organisations/{organisation}/teams                         401 404 404 404 404 200
GET    /api/v1/passkeys                                                   401 200 200 200 200 200
POST   /api/v1/passkeys                                                   401 404 404 404 404 404
POST   /api/v1/passkeys/options                                           401 404 404 404 404 404
DELETE /api/v1/passkeys/{passkey}                                         401 404 404 404 404 404
PATCH  /api/v1/passkeys/{passkey}                                         401 404 404 404 404 404
GET    /api/v1/privacy/records.json                                       200 200 200 200 200 200
POST   /api/v1/processes                                                  401 201 201 201 201 201
DELETE /api/v1/processes/{process}/administrators/{member}                401 404 403 403 404 204
PUT    /api/v1/processes/{process}/administrators/{member}                401 404 403 403 404 204
GET    /api/v1/processes/{process}/applications                           401 404 403 403 404 200
GET    /api/v1/processes/{process}/audit                                  401 404 200 200 404 200
GET    /api/v1/processes/{process}/conflicts                              401 404 200 200 404 200
GET    /api/v1/processes/{process}/grants                                 401 404 200 200 404 200
PUT    /api/v1/processes/{process}/grants                                 401 404 403 403 404 409
POST   /api/v1/processes/{process}/grants/preview                         401 404 403 403 404 409
GET    /api/v1/processes/{process}/invitations                            401 404 403 403 404 200
DELETE /api/v1/processes/{process}/members/{member}                       401 404 403 403 404 204
GET    /api/v1/processes/{process}/people                                 401 404 200 200 404 200
GET    /api/v1/processes/{process}/rights                                 401 404 200 200 404 200
GET    /api/v1/search                                                     200 200 200 200 200 200
DELETE /api/v1/session                                                    204   -   -   -   -   -
GET    /api/v1/push                                                       401 200 200 200 200 200
POST   /api/v1/push/receipts                                              401 204 204 204 204 204
DELETE /api/v1/push/subscription                                          401 204 204 204 204 204
PUT    /api/v1/push/subscription                                          401 422 422 422 422 422
POST   /api/v1/push/test                                                  401 409 409 409 409 409
GET    /api/v1/session                                                    200 200 200 200 200 200
POST   /api/v1/session                                                    400   -   -   -   -   -
POST   /api/v1/session/code                                               400   -   -   -   -   -
PUT    /api/v1/session/code                                               400   -   -   -   -   -
GET    /api/v1/session/oidc/{provider}                                    404 404 404 404 404 404
GET    /api/v1/session/oidc/{provider}/callback                           302 302 302 302 302 302
POST   /api/v1/session/passkey                                            400   -   -   -   -   -
POST   /api/v1/session/passkey/options                                    404   -   -   -   -   -
GET    /api/v1/session/providers                                          200 200 200 200 200 200
GET    /api/v1/spaces                                                     200 200 200 200 200 200
GET    /api/v1/spaces/{space}/certificate                                 401 404 404 404 404 404
GET    /api/v1/spaces/{space}/calls/{item}/{need}                         401 404 403 403 404 200
GET    /api/v1/teams                                                      401 200 200 200 200 200
POST   /api/v1/teams                                                      401 404 404 404 404 201
DELETE /api/v1/teams/{team}                                               401 404 403 403 404 204
GET    /api/v1/teams/{team}                                               401 404 200 200 404 200
PATCH  /api/v1/teams/{team}                                               401 404 403 403 404 200
GET    /api/v1/teams/{team}/applications                                  401 404 403 403 404 200
GET    /api/v1/teams/{team}/invitations                                   401 404 403 403 404 200
GET    /api/v1/teams/{team}/members                                       401 404 403 403 404 200
GET    /api/v1/teams/{team}/members.csv                                   401 404 403 403 404 200
POST   /api/v1/teams/{team}/members/csv                                   401 404 403 403 404 200
DELETE /api/v1/teams/{team}/members/{account}                             401 404 403 403 404 204
PUT    /api/v1/teams/{team}/members/{account}                             401 404 403 403 404 204
GET    /db/                                                               200 200 200 200 200 200
GET    /db/_all_dbs                                                       200 200 200 200 200 200
GET    /db/_db_updates                                                    200 200 200 200 200 200
POST   /db/_replicate                                                     403 403 403 403 403 403
GET    /db/_session                                                       200 200 200 200 200 200
POST   /db/_session                                                       404 404 404 404 404 404
GET    /db/_up                                                            200 200 200 200 200 200
GET    /db/_uuids                                                         200 200 200 200 200 200
DELETE /db/{space}                                                        403 403 403 403 403 403
GET    /db/{space}                                                        401 404 200 200 404 200
POST   /db/{space}                                                        401 404 403 403 404 403
PUT    /db/{space}                                                        403 403 403 403 403 403
GET    /db/{space}/_all_docs                                              401 404 200 200 404 200
POST   /db/{space}/_all_docs                                              401 404 200 200 404 200
POST   /db/{space}/_bulk_docs                                             401 404 201 201 404 201
POST   /db/{space}/_bulk_get                                              401 404 200 200 404 200
GET    /db/{space}/_changes                                               401 404 200 200 404 200
POST   /db/{space}/_changes                                               401 404 200 200 404 200
POST   /db/{space}/_compact                                               403 403 403 403 403 403
POST   /db/{space}/_ensure_full_commit                                    401 404 201 201 404 201
DELETE /db/{space}/_local/{local}                                         401 404 404 404 404 404
GET    /db/{space}/_local/{local}                                         401 404 404 404 404 404
PUT    /db/{space}/_local/{local}                                         401 404 201 201 404 201
POST   /db/{space}/_missing_revs                                          401 404 200 200 404 200
GET    /db/{space}/_partition/{partition}/_all_docs                       401 404 200 200 404 200
POST   /db/{space}/_purge                                                 403 403 403 403 403 403
POST   /db/{space}/_revs_diff                                             401 404 200 200 404 200
GET    /db/{space}/_revs_limit                                            401 404 200 200 404 200
PUT    /db/{space}/_revs_limit                                            403 403 403 403 403 403
GET    /db/{space}/_security                                              401 404 200 200 404 200
COPY   /db/{space}/{id}                                                   401 404 404 201 404 409
DELETE /db/{space}/{id}                                                   401 404 404 409 404 409
GET    /db/{space}/{id}                                                   401 404 404 200 404 200
PUT    /db/{space}/{id}                                                   401 404 403 409 404 409
DELETE /db/{space}/{id}/photo.jpg                                         401 404 404 404 404 404
GET    /db/{space}/{id}/photo.jpg                                         401 404 404 404 404 404
PUT    /db/{space}/{id}/photo.jpg                                         401 404 403 409 404 409
GET    /catalogue                                                         200 200 200 200 200 200
GET    /public                                                            200 200 200 200 200 200
GET    /public/{process}                                                  404 404 404 404 404 404
GET    /public/{process}/{picture}                                        404 404 404 404 404 404
GET    /robots.txt                                                        200 200 200 200 200 200
GET    /sitemap.xml                                                       200 200 200 200 200 200
"""

BODIES: dict[str, Any] = {
    "POST /api/v1/accounts": {"name": "Anna", "language": "lv", "device": "phone", "invitation": "forged"},
    "PATCH /api/v1/accounts/{account}": {"disabled": True},
    "POST /api/v1/processes": {"schema": "garden", "language": "en", "name": "Ours"},
    "POST /api/v1/links/context": {"process": "{process}", "item": "{task}", "link": "{task}"},
    "POST /api/v1/organisations": {"name": {"en": "Ours"}},
    "PATCH /api/v1/organisations/{organisation}": {"public": True},
    "PUT /api/v1/organisations/{organisation}/logo": None,
    "POST /api/v1/teams": {"name": {"en": "Ours"}, "process": "{process}"},
    "PATCH /api/v1/teams/{team}": {"name": {"en": "Ours"}},
    "PUT /api/v1/teams/{team}/members/{account}": {"administrator": True},
    "POST /api/v1/teams/{team}/members/csv": {"csv": "email\n", "preview": True},
    "POST /api/v1/invitations": {"team": "{team}"},
    "POST /api/v1/invitations/look": {"token": "forged"},
    "POST /api/v1/invitations/accept": {"token": "forged"},
    "PUT /api/v1/applications/{application}": {"accept": False},
    "POST /api/v1/applications": {"team": "{team}", "reason": "Please."},
    "PUT /api/v1/processes/{process}/grants": {
        "version": -1,
        "changes": [{"team": "{team}", "target": "{task}", "access": True}],
    },
    "POST /api/v1/processes/{process}/grants/preview": {
        "version": -1,
        "changes": [{"team": "{team}", "target": "{task}", "access": True}],
    },
    "PUT /api/v1/account/email": {"email": "anna@example.org"},
    "PUT /api/v1/account/email/code": {"code": "123456"},
    "PUT /api/v1/account/password": {"password": "correct horse battery"},
    "POST /api/v1/credentials": {"name": "script", "scope": "api"},
    "POST /api/v1/devices/here/report": {"spaces": []},
    "POST /api/v1/passkeys/options": {},
    "POST /api/v1/push/receipts": {"receipts": [{"notice": "forged", "seen": "shown"}]},
    "PUT /api/v1/push/subscription": {
        "subscription": {"endpoint": "https://127.0.0.1/p", "keys": {"p256dh": "x", "auth": "x"}},
        "publicKey": "forged",
    },
    "POST /api/v1/passkeys": {"name": "Mine", "credential": {"id": "x"}},
    "PATCH /api/v1/passkeys/{passkey}": {"name": "Mine"},
    "POST /db/{space}": {"_id": "{new}", "type": "contribution"},
    "POST /db/{space}/_all_docs": {"keys": ["{id}"]},
    "POST /db/{space}/_bulk_docs": {"docs": []},
    "POST /db/{space}/_bulk_get": {"docs": [{"id": "{id}"}]},
    "POST /db/{space}/_changes": {},
    "POST /db/{space}/_missing_revs": {"{id}": ["1-a"]},
    "POST /db/{space}/_revs_diff": {"{id}": ["1-a"]},
    "POST /db/{space}/_purge": {"{id}": ["1-a"]},
    "PUT /db/{space}/_revs_limit": 10,
    "PUT /db/{space}/{id}": {"type": "contribution", "text": "Mine now."},
    "PUT /db/{space}/_local/{local}": {"last_seq": 1},
}
"""What is sent; `{…}` is filled with a fresh thing."""
