package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientConfigTest {
    @TempDir Path directory;

    @Test
    void flattensNestedKeys() throws Exception {
        Path file = directory.resolve("millrace.yaml");
        Files.writeString(
                file, "# ours\nyarn:\n  queue: batch\n  worker:\n    slots: 3\na.b: true\n");
        assertThat(ClientConfig.fromFile(file).toMap())
                .containsEntry("yarn.queue", "batch")
                .containsEntry("yarn.worker.slots", "3")
                .containsEntry("a.b", "true");
    }

    @Test
    void isEmptyWithoutAFileOrWithCommentsOnly() throws Exception {
        Path file = directory.resolve("millrace.yaml");
        assertThat(ClientConfig.fromFile(file).toMap()).isEmpty();
        Files.writeString(file, "# nothing\n\n");
        assertThat(ClientConfig.fromFile(file).toMap()).isEmpty();
    }

    @Test
    void namesTheFileThatCannotBeParsed() throws Exception {
        Path file = directory.resolve("millrace.yaml");
        Files.writeString(file, "a: [1,\n");
        assertThatThrownBy(() -> ClientConfig.fromFile(file))
                .hasMessageStartingWith("INVALID_OPTION: the configuration " + file);
    }

    @Test
    void theDefaultFileSaysNothing() {
        assertThat(ClientConfig.fromFile(Path.of("../conf/millrace.yaml")).toMap()).isEmpty();
    }

    @Test
    void theCommandLineIsStrongerThanTheFile() throws Exception {
        Files.createDirectories(directory.resolve("conf"));
        Files.writeString(directory.resolve("conf/millrace.yaml"), "yarn.queue: batch\n");
        CommandLineFixture millrace = new CommandLineFixture(directory);
        millrace.run("run", "-d", "-t", "yarn", millrace.jar("a.jar"));
        millrace.run("run", "-d", "-t", "yarn", "-D", "yarn.queue=other", millrace.jar("a.jar"));
        assertThat(millrace.cluster.submitted)
                .extracting(spec -> spec.config().toMap().get("yarn.queue"))
                .containsExactly("batch", "other");
    }
}
