package io.millrace.yarn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.option.Config;
import org.junit.jupiter.api.Test;

class YarnSettingsTest {
    @Test
    void givesStateAPartOfTheContainerOnlyIfItLiesOutsideOfTheHeap() {
        Config config = Config.empty().with("yarn.worker.state-memory-fraction", "0.5");

        assertThat(YarnSettings.from(config).stateFraction()).isZero();
        assertThat(YarnSettings.from(config.with("state.backend.type", "rocksdb")).stateFraction())
                .isEqualTo(0.5);
        assertThat(YarnSettings.from(config.with("state.backend.type", "hashmap")).stateFraction())
                .isZero();
    }
}
