package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortAndRenameTest {
    @TempDir private Path directory;
    private CommandLineFixture millrace;

    @BeforeEach
    void makeCommandLine() {
        millrace = new CommandLineFixture(directory);
    }

    @Test
    void portsSourcesInPlace() throws IOException {
        Path source = Files.createDirectory(directory.resolve("src")).resolve("A.java");
        Files.writeString(source, "import org.apache.flink.api.java.tuple.Tuple2;\n");

        assertThat(millrace.run("port", source.getParent().toString())).isZero();

        assertThat(source).hasContent("import io.millrace.api.tuple.Tuple2;\n");
        assertThat(millrace.out).startsWith("1 of 1 Java files changed; 0 names");
    }

    @Test
    void portsACopyAndSaysWhatIsLeft() throws IOException {
        Path source = Files.createDirectory(directory.resolve("src")).resolve("A.java");
        Files.writeString(source, "import org.apache.flink.unheard.Of;\n");
        Path to = directory.resolve("to");

        assertThat(millrace.run("port", source.getParent().toString(), to.toString())).isEqualTo(1);

        assertThat(to.resolve("A.java")).exists();
        assertThat(millrace.out).contains("A.java:1: org.apache.flink.unheard.Of is not part");
    }

    @Test
    void renamesAJar() {
        Path to = directory.resolve("renamed.jar");

        assertThat(millrace.run("rename", millrace.jar("program.jar"), to.toString())).isZero();

        assertThat(to).isNotEmptyFile();
        assertThat(millrace.out).contains("Wrote " + to);
    }

    @Test
    void saysWhichFileIsNotThere() {
        assertThat(millrace.run("rename", "nowhere.jar", "to.jar")).isNotZero();
        assertThat(millrace.err).contains("USAGE: There is no nowhere.jar.");
        assertThat(millrace.run("port", "nowhere")).isNotZero();
        assertThat(millrace.err).contains("USAGE: There is no nowhere.");
    }

    @Test
    void explainsACommandThatLacksItsParameters() {
        assertThat(millrace.run("port", "--help")).isZero();
        assertThat(millrace.out).contains("Usage: millrace port").contains("SOURCES");
        assertThat(millrace.run("logs", "--help")).isZero();
        assertThat(millrace.out).contains("Usage: millrace logs");
    }
}
