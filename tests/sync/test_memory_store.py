import pytest
from store_contract import StoreContract

from sync.stores.memory import MemoryStore


class TestMemoryStore(StoreContract):
    @pytest.fixture
    async def store(self):
        return MemoryStore()
