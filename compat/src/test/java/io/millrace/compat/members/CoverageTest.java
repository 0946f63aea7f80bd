package io.millrace.compat.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.compat.rename.Mapping;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What of Flink's API has once been here stays here. */
class CoverageTest {
    @TestFactory
    List<DynamicTest> noAreaFallsBelowItsFloor() throws IOException {
        Properties floor = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("floor.properties"))) {
            floor.load(in);
        }
        Resolver resolver =
                new Resolver(
                        Mapping.shipped(), new OurClasses(CoverageTest.class.getClassLoader()));
        return MemberList.shipped().stream()
                .map(list -> Coverage.of(list, resolver))
                .map(area -> DynamicTest.dynamicTest(area.toString(), () -> check(area, floor)))
                .toList();
    }

    private static void check(Coverage area, Properties floor) {
        int recorded = Integer.parseInt(floor.getProperty(area.area(), "-1"));
        assertThat(recorded)
                .as("%s has no floor; 'Compat floor' prints it", area.area())
                .isNotNegative();
        assertThat(area.resolved())
                .as(
                        "%s: a class or member that was here is gone, has another descriptor or no"
                                + " rule. All that is missing now: %s",
                        area, area.missing())
                .isGreaterThanOrEqualTo(recorded);
    }
}
