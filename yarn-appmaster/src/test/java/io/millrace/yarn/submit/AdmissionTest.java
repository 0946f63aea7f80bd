package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Config;
import io.millrace.yarn.launch.YarnSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission cluster = new Admission(List.of("root.batch", "root.default"), 4096, 4);

    @Test
    void admitsWhatFits() {
        assertThatCode(() -> cluster.check(settings(Map.of()))).doesNotThrowAnyException();
        assertThatCode(() -> cluster.check(settings(Map.of("yarn.queue", "root.batch"))))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheQueuesThatThereAre() {
        assertThatThrownBy(() -> cluster.check(settings(Map.of("yarn.queue", "nightly"))))
                .hasMessageStartingWith("QUEUE_NOT_FOUND")
                .hasMessageContaining("'nightly'")
                .hasMessageContaining("root.batch, root.default");
    }

    @Test
    void saysBothNumbersWhenMemoryExceedsTheMaximum() {
        assertThatThrownBy(() -> cluster.check(settings(Map.of("yarn.worker.memory", "64 gb"))))
                .hasMessageStartingWith("RESOURCE_EXCEEDS_MAXIMUM")
                .hasMessageContaining("65536 MB")
                .hasMessageContaining("4096 MB")
                .hasMessageContaining("yarn.worker.memory");
    }

    @Test
    void saysBothNumbersWhenCoresExceedTheMaximum() {
        assertThatThrownBy(() -> cluster.check(settings(Map.of("yarn.master.vcores", "5"))))
                .hasMessageStartingWith("RESOURCE_EXCEEDS_MAXIMUM")
                .hasMessageContaining("5 virtual cores")
                .hasMessageContaining("at most 4");
    }

    private static YarnSettings settings(Map<String, String> config) {
        return YarnSettings.from(Config.of(config));
    }
}
