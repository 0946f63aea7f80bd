package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFilterTest {
    private static final JsonNode ROW =
            read(
                    "{\"key\":\"it's\",\"value\":{\"count\":4,\"rate\":0.5,\"on\":true,\"gone\":null,"
                            + "\"two words\":\"x\"}}");

    private static JsonNode read(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key = 'it''s'",
                "KEY = 'x' OR key <> 'x'",
                "value.count > 3 and value.count <= 4.0",
                "value.count between 4 and 4",
                "value.rate = .5",
                "value.rate > -1e3",
                "value.on = true",
                "value.gone is null and value.nowhere is null",
                "value.count is not null",
                "key in ('a', 'it''s')",
                "not key in ('a', 'b')",
                "key not in ('a', 'b')",
                "key like 'it%' and key like '__''s'",
                "key not like 'it'",
                "value.\"two words\" = 'x'",
                "not (value.count = 1 or value.count = 2)",
                "value.count = 1 or value.count = 4 and key = 'it''s'"
            })
    void rowsAreFound(String condition) {
        // Names of columns are as they are written; words are not.
        RowFilter filter = RowFilter.parse(condition.replace("KEY", "key"));

        assertThat(filter.test(ROW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key = 'its'",
                "value.count < 4",
                "value.count = '4'",
                "value.gone = 1",
                "value.gone <> 1",
                "not value.gone = 1",
                "key in ('a')",
                "key like 'it'",
                "value.count not between 1 and 9",
                "value.count = 1 and value.gone = 1",
                "value.count = 1 or value.gone = 1"
            })
    void otherRowsAreNot(String condition) {
        assertThat(RowFilter.parse(condition).test(ROW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key",
                "key = ",
                "key = x",
                "key = 'open",
                "key = null",
                "= 3",
                "(key = 3",
                "key = 3)",
                "key = 3 value = 4",
                "key in ()",
                "key in (1,)",
                "key like 3",
                "key between 3",
                "key is 3",
                "key ~ 3",
                "key = 3 and"
            })
    void whatCannotBeUnderstoodIsShownWithItsPlace(String condition) {
        assertThatThrownBy(() -> RowFilter.parse(condition))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("›")
                .hasMessageContaining("Write it like");
    }

    @Test
    void aConditionThatIsTooDeepIsRefused() {
        assertThatThrownBy(() -> RowFilter.parse("(".repeat(100_000) + "a = 1"))
                .isInstanceOf(MillraceException.class);
    }

    @Test
    void keysAreKnownWhereTheyMustBeEqual() {
        assertThat(RowFilter.parse("key = 'a' and value = 3").keys().orElseThrow()).hasSize(1);
        assertThat(RowFilter.parse("value > 3 and key in (1, 2)").keys().orElseThrow()).hasSize(2);
        assertThat(RowFilter.parse("key = 'a' or value = 3").keys()).isEmpty();
        assertThat(RowFilter.parse("not key = 'a'").keys()).isEmpty();
        assertThat(RowFilter.parse("key.part = 'a'").keys()).isEmpty();
    }

    @Test
    void kindsThatDoNotAgreeAreNamed() {
        assertThat(RowFilter.parse("value.count = '4'").mismatch(ROW))
                .contains("'value.count' has values like 4")
                .contains("\"4\"");
        assertThat(RowFilter.parse("value.cuont = 4").mismatch(ROW)).contains("value.cuont");
        assertThat(RowFilter.parse("value.count = 5 and key = 'x'").mismatch(ROW)).isEmpty();
    }
}
