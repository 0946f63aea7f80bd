package io.millrace.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCacheTest {
    private static int hash(Object key) {
        return EntryCache.hash(key.hashCode(), null);
    }

    private static void put(EntryCache cache, Object key, Object value) {
        if (cache.find(key, null, hash(key))) {
            cache.put(value);
            cache.setFlags(EntryCache.DIRTY, 0);
        } else {
            cache.insert(key, key, null, hash(key), value, EntryCache.DIRTY);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void behavesLikeAMapThatForgets(long seed) {
        Random random = new Random(seed);
        EntryCache cache = new EntryCache(false);
        Map<Object, Object> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            Object key = random.nextInt(20_000);
            boolean found = cache.find(key, null, hash(key));
            assertThat(found).isEqualTo(model.containsKey(key));
            if (found) {
                assertThat(cache.value()).isEqualTo(model.get(key));
            }
            put(cache, key, step);
            model.put(key, step);
            if (random.nextInt(2000) == 0) {
                cache.sweep(
                        random.nextInt(3000),
                        100_000,
                        (gone, namespace, value, flags) -> {
                            assertThat(value).isEqualTo(model.remove(gone));
                            return true;
                        });
            }
            assertThat(cache.entries()).isEqualTo(model.size());
        }
    }

    @Test
    void letsGoOfWhatWasUsedLeast() {
        EntryCache cache = new EntryCache(false);
        for (int key = 0; key < 1000; key++) {
            put(cache, key, key);
        }
        for (int use = 0; use < 3; use++) {
            for (int key = 0; key < 100; key++) {
                cache.find(key, null, hash(key));
            }
        }

        cache.sweep(900, 1_000_000, (key, namespace, value, flags) -> true);

        assertThat(cache.entries()).isEqualTo(100);
        for (int key = 0; key < 100; key++) {
            assertThat(cache.find(key, null, hash(key))).isTrue();
        }
    }

    @Test
    void tellsNamespacesApart() {
        EntryCache cache = new EntryCache(true);
        for (String namespace : List.of("a", "b")) {
            cache.insert(1, 1, namespace, EntryCache.hash(1, namespace), namespace, 0);
        }

        assertThat(cache.find(1, "b", EntryCache.hash(1, "b"))).isTrue();
        assertThat(cache.value()).isEqualTo("b");
        assertThat(cache.find(1, "c", EntryCache.hash(1, "c"))).isFalse();
    }

    @Test
    void collectsASegmentBeforeItIsTouchedAgain() {
        EntryCache cache = new EntryCache(false);
        for (int key = 0; key < 5000; key++) {
            put(cache, key, key);
        }
        TableFreeze freeze =
                cache.freeze(
                        EntryCache.DIRTY,
                        (key, namespace, value, flags, into) -> {
                            into.add(key, namespace, value);
                            return flags & ~EntryCache.DIRTY;
                        });
        for (int key = 0; key < 5000; key += 2) {
            put(cache, key, -1);
        }

        int collected = 0;
        for (int segment = 0; segment < freeze.segments(); segment++) {
            collected += freeze.of(segment).size();
        }
        assertThat(collected).isEqualTo(5000);
        assertThat(freeze.collected()).isTrue();
    }
}
