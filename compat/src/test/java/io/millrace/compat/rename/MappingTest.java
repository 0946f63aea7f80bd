package io.millrace.compat.rename;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingTest {
    private static final Mapping MAPPING =
            Mapping.parse(
                    "test",
                    List.of(
                            "# a comment",
                            "",
                            "old.Shape = fresh.Shape   # another",
                            "old.Shape$Corner$Mark = fresh.Mark",
                            "older.Shape=fresh.Shape"));

    @Test
    void renamesAClassWithARule() {
        assertThat(MAPPING.map("old.Shape")).isEqualTo("fresh.Shape");
        assertThat(MAPPING.map("older.Shape")).isEqualTo("fresh.Shape");
        assertThat(MAPPING.mapInternal("old/Shape")).isEqualTo("fresh/Shape");
    }

    @Test
    void leavesAClassWithoutARule() {
        assertThat(MAPPING.map("old.Shapes")).isEqualTo("old.Shapes");
        assertThat(MAPPING.mapInternal("old/Shapes")).isEqualTo("old/Shapes");
        assertThat(MAPPING.find("old.Shapes")).isEmpty();
    }

    @Test
    void nestedClassesFollowTheOutermostUnlessTheyHaveARule() {
        assertThat(MAPPING.map("old.Shape$Corner")).isEqualTo("fresh.Shape$Corner");
        assertThat(MAPPING.map("old.Shape$Corner$Mark")).isEqualTo("fresh.Mark");
        assertThat(MAPPING.map("old.Shape$Corner$Mark$1")).isEqualTo("fresh.Mark$1");
    }

    @Test
    void refusesWhatIsNotARule() {
        assertThatThrownBy(() -> Mapping.parse("test", List.of("", "old.Shape fresh.Shape")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("test:2")
                .hasMessageContaining("old.Shape fresh.Shape");
    }

    @Test
    void refusesTwoRulesForOneClass() {
        assertThatThrownBy(() -> Mapping.parse("test", List.of("a.A = b.A", "a.A = c.A")))
                .hasMessageContaining("a.A already is b.A");
    }

    @Test
    void theShippedFileIsGroupedByOurPackagesAndSorted() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("flink.mapping"));
        List<String> rooms = new ArrayList<>();
        List<String> rules = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("# io.millrace.")) {
                rooms.add(line.substring(2));
                rules.clear();
            } else if (line.contains("=") && !line.startsWith("#")) {
                String to = line.substring(line.indexOf('=') + 2);
                String room = rooms.get(rooms.size() - 1);
                assertThat(to.substring(0, to.lastIndexOf('.'))).as(line).isEqualTo(room);
                rules.add(line);
                assertThat(rules).isSorted().doesNotHaveDuplicates();
            }
        }
        assertThat(rooms).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void everyShippedRuleLeadsToAClassThatExists() {
        List<String> vanished = new ArrayList<>();
        for (Map.Entry<String, String> rule : Mapping.shipped().rules().entrySet()) {
            String file = rule.getValue().replace('.', '/') + ".class";
            if (MappingTest.class.getClassLoader().getResource(file) == null) {
                vanished.add(rule.getKey() + " = " + rule.getValue());
            }
        }
        assertThat(vanished).isEmpty();
    }
}
