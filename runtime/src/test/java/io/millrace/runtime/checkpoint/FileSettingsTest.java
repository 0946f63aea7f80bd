package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.option.Config;
import io.millrace.runtime.checkpoint.SegmentFile.Use;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileSettingsTest {
    private static FileSettings of(Map<String, String> config) {
        return FileSettings.from(Config.of(config));
    }

    @Test
    void savepointsArePackedUnlessSomebodySaysNo() {
        String key = "execution.checkpointing.snapshot-compression";

        assertThat(of(Map.of())).isEqualTo(new FileSettings(Use.KEPT, Use.PACKED));
        assertThat(of(Map.of(key, "true"))).isEqualTo(new FileSettings(Use.PACKED, Use.PACKED));
        assertThat(of(Map.of(key, "false"))).isEqualTo(new FileSettings(Use.KEPT, Use.KEPT));
    }
}
