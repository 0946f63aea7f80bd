package io.millrace.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every Java example of a guide stands in the test that runs it. */
class GuidePageTest {
    private static final Path CHECKOUT = checkout();

    private static Path checkout() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/datastream.md"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static List<String> javaBlocks(Path page) throws IOException {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : Files.readAllLines(page)) {
            if (line.equals("```java")) {
                block = new StringBuilder();
            } else if (line.equals("```") && block != null) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    /** The formatter may break lines elsewhere than the page does. */
    private static String withoutLayout(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static void runsInTest(String page, String test, int blocksAtLeast) throws IOException {
        String tests =
                withoutLayout(
                        Files.readString(
                                CHECKOUT.resolve(
                                        "examples/src/test/java/io/millrace/examples/guide/"
                                                + test
                                                + ".java")));

        List<String> blocks = javaBlocks(CHECKOUT.resolve(page));

        assertThat(blocks).hasSizeGreaterThanOrEqualTo(blocksAtLeast);
        assertThat(blocks).allSatisfy(block -> assertThat(tests).contains(withoutLayout(block)));
    }

    @Test
    void examplesOfTheDataStreamGuideRun() throws IOException {
        runsInTest("docs/datastream.md", "DataStreamGuideTest", 11);
    }

    @Test
    void examplesOfTheWindowsGuideRun() throws IOException {
        runsInTest("docs/windows.md", "WindowsGuideTest", 6);
    }

    @Test
    void examplesOfTheTimeGuideRun() throws IOException {
        runsInTest("docs/time.md", "TimeGuideTest", 6);
    }

    @Test
    void examplesOfThePageAboutFilesRun() throws IOException {
        runsInTest("docs/connectors/files.md", "FilesGuideTest", 1);
    }

    @Test
    void theExampleOfThePageAboutSeveralSourcesRuns() throws IOException {
        runsInTest("docs/connectors/hybrid.md", "HybridGuideTest", 1);
    }
}
