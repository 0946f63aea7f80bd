package io.millrace.yarn.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationFileTest {
    @TempDir Path directory;

    @Test
    void bringsArgumentsAndOptionsUnchanged() throws IOException {
        ApplicationFile file =
                new ApplicationFile(
                        "näme = #1",
                        "a.B",
                        List.of("", " a b ", "$(x) `y` \\ \"q\" 'r'", "\u00e9\n\t="),
                        Config.of(Map.of("job.name", "x: y", "a.b", "")),
                        "hdfs://h:1/user/u/.millrace/staging/application_1_0001",
                        new LocalArchive(
                                "hdfs://h:1/lib/x.zip", 1L << 40, 1_700_000_000_000L, true));
        Path path = directory.resolve("f");
        Files.write(path, file.toBytes());
        assertThat(ApplicationFile.read(path)).isEqualTo(file);
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        Path path = directory.resolve("f");
        Files.writeString(path, "name=x\n");
        assertThatThrownBy(() -> ApplicationFile.read(path)).hasMessageContaining("'arguments'");
    }
}
