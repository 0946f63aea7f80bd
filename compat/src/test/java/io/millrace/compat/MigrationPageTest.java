package io.millrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.compat.rename.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The table of packages in {@code docs/migrating-from-flink.md} says what the mapping does. */
class MigrationPageTest {
    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| `(io\\.millrace[\\w.]+)` \\|");
    private static final Pattern PACKAGE = Pattern.compile("`([a-z][\\w.]+)`");

    @TestFactory
    List<DynamicTest> eachPackageLeadsWhereThePageSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/migrating-from-flink.md"))) {
            var row = ROW.matcher(line);
            if (!row.matches()) {
                continue;
            }
            List<String> from =
                    PACKAGE.matcher(row.group(1)).results().map(MatchResult::group).toList();
            for (String name : from) {
                String flink = "org.apache.flink." + name.replace("`", "") + ".";
                String ours = row.group(2) + ".";
                tests.add(
                        DynamicTest.dynamicTest(
                                flink + " " + ours,
                                () -> assertThat(leads(flink, ours)).as(line).isTrue()));
            }
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    private static boolean leads(String from, String to) {
        for (Map.Entry<String, String> rule : Mapping.shipped().rules().entrySet()) {
            if (rule.getKey().startsWith(from) && rule.getValue().startsWith(to)) {
                return true;
            }
        }
        return false;
    }
}
