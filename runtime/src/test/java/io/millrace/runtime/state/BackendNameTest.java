package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.option.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendNameTest {
    @Test
    void isHeapUnlessConfigured() {
        assertThat(BackendName.of(Config.empty())).isEqualTo("heap");
    }

    @ParameterizedTest
    @CsvSource({
        "hashmap, heap",
        "HashMap, heap",
        "heap, heap",
        "filesystem, heap",
        "jobmanager, heap",
        "rocksdb, rocksdb",
        "io.millrace.api.backend.HashMapStateBackendFactory, heap",
        "io.millrace.api.backend.EmbeddedRocksDBStateBackendFactory, rocksdb",
        "io.millrace.api.backend.MemoryStateBackendFactory, heap",
        "forst, rocksdb",
        "other, other",
    })
    void standsForTheNamesThatProgramsKnow(String configured, String name) {
        assertThat(BackendName.of(Config.empty().with("state.backend.type", configured)))
                .isEqualTo(name);
        assertThat(BackendName.of(Config.empty().with("state.backend", configured)))
                .isEqualTo(name);
    }
}
