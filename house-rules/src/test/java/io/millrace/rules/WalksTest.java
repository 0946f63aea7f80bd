package io.millrace.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The walks in the documentation lead through classes that exist. */
class WalksTest {
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]+)(?:\\.[A-Za-z.]+)?`");

    @TestFactory
    List<DynamicTest> everyClassOnAWalkExists() throws IOException {
        Set<String> known =
                Engine.CLASSES.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        Path walks = Path.of("..", "docs", "walks");
        try (Stream<Path> files = Files.list(walks)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".md")).toList();
            assertThat(found).hasSizeGreaterThanOrEqualTo(2);
            List<DynamicTest> tests = new ArrayList<>();
            for (Path file : found) {
                tests.add(
                        DynamicTest.dynamicTest(
                                file.getFileName().toString(),
                                () -> assertThat(namesIn(file)).isNotEmpty().isSubsetOf(known)));
            }
            return tests;
        }
    }

    private static List<String> namesIn(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(Files.readString(file));
        while (matcher.find()) {
            String name = matcher.group(1);
            // RUNNING and FINISHED are states; tests are not among the classes of the rules.
            if (!name.equals(name.toUpperCase(java.util.Locale.ROOT)) && !name.endsWith("Test")) {
                names.add(name);
            }
        }
        return names;
    }
}
