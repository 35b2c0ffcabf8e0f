"""Who types what into 系统管理."""


def add(client, where, /, **typed):
    return client.post(f"/admin/{where}/add/", typed)


def change(client, where, row, /, **typed):
    return client.post(f"/admin/{where}/{row.pk}/change/", typed)


def delete(client, where, row):
    return client.post(f"/admin/{where}/{row.pk}/delete/", {"post": "yes"})
