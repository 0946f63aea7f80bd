package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.FileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what {@code docs/savepoints.md} says of keeping savepoints, line by line. */
class SavepointDocsTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir Path temp;

    @AfterEach
    void forgetFileSystems() {
        FileSystem.install(List.of(), URI.create("file:///"));
    }

    private static List<String> commands() throws IOException {
        String page = Files.readString(Path.of("../docs/savepoints.md"));
        int from = page.indexOf("## Keep them in order");
        String section = page.substring(from, page.indexOf("\n## ", from + 1));
        return section.lines().filter(line -> line.startsWith("millrace savepoint ")).toList();
    }

    private String[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command.replaceFirst("#.*", ""));
        while (matcher.find()) {
            String word = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            words.add(word.replace("hdfs:///", temp + "/"));
        }
        return words.subList(1, words.size()).toArray(String[]::new);
    }

    @Test
    void everyCommandDoesWhatThePageSays() throws IOException {
        CommandLineFixture millrace = new CommandLineFixture(temp);
        Path native1 =
                SavepointFixture.savepoint(
                        temp.resolve("native"), 1000, Map.of("two", 3L, "three", 5L));
        SavepointFixture.savepoint(
                temp.resolve("savepoints/tuesday"), 2000, Map.of("two", 4L, "three", 5L));
        new CheckpointFixture(Files.createDirectories(temp.resolve("checkpoints")), 'a', "count")
                .complete(3, 1000)
                .complete(4, 2000);
        String monday = temp.resolve("savepoints/monday").toString();
        assertThat(millrace.run("savepoint", "convert", native1.toString(), monday)).isZero();
        List<String> commands = commands();
        assertThat(commands).hasSizeGreaterThan(12);

        for (String command : commands) {
            int expected = command.endsWith("# ends with 1") ? 1 : 0;
            assertThat(millrace.run(words(command)))
                    .as(command + "\n" + millrace.out + millrace.err)
                    .isEqualTo(expected);
            assertThat(millrace.out).as(command).isNotBlank();
        }
        assertThat(Path.of(monday)).doesNotExist(); // pruned
        assertThat(temp.resolve("savepoints/tuesday")).exists();
        assertThat(temp.resolve("elsewhere/tuesday")).exists();
    }
}
