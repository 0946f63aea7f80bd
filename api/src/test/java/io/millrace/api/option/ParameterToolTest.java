package io.millrace.api.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterToolTest {
    private static ParameterTool of(String... args) {
        return ParameterTool.fromArgs(args);
    }

    @Test
    void readsNamesWithOneOrTwoDashesAndFlags() {
        ParameterTool tool = of("--input", "in.txt", "-n", "3", "--verbose", "--last");
        assertThat(tool.get("input")).isEqualTo("in.txt");
        assertThat(tool.getInt("n")).isEqualTo(3);
        assertThat(tool.has("verbose")).isTrue();
        assertThat(tool.has("quiet")).isFalse();
        assertThat(tool.get("last")).isEqualTo("__NO_VALUE_KEY");
        assertThat(tool.getNumberOfParameters()).isEqualTo(4);
    }

    @Test
    void takesNegativeNumbersAsValues() {
        ParameterTool tool = of("--low", "-12", "--high", "-1.5e3", "--hex", "-0x10");
        assertThat(tool.getLong("low")).isEqualTo(-12);
        assertThat(tool.getDouble("high")).isEqualTo(-1500);
        assertThat(tool.get("hex")).isEqualTo("-0x10");
    }

    @Test
    void keepsTheLastOfTwo() {
        assertThat(of("--a", "1", "--a", "2").get("a")).isEqualTo("2");
    }

    @Test
    void refusesWhatIsNoName() {
        assertThatThrownBy(() -> of("--a", "1", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("argument 3 is 'b'");
        assertThatThrownBy(() -> of("--"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'--'");
    }

    @Test
    void givesDefaultsOfEachType() {
        ParameterTool tool = of();
        assertThat(tool.get("a", "x")).isEqualTo("x");
        assertThat(tool.getInt("a", 1)).isEqualTo(1);
        assertThat(tool.getLong("a", 1L)).isEqualTo(1);
        assertThat(tool.getShort("a", (short) 1)).isEqualTo((short) 1);
        assertThat(tool.getByte("a", (byte) 1)).isEqualTo((byte) 1);
        assertThat(tool.getFloat("a", 1f)).isEqualTo(1f);
        assertThat(tool.getDouble("a", 1d)).isEqualTo(1d);
        assertThat(tool.getBoolean("a", true)).isTrue();
    }

    @Test
    void namesTheKeyThatIsMissingOrNoNumber() {
        assertThatThrownBy(() -> of().getRequired("in"))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("No data for required key 'in'");
        assertThatThrownBy(() -> of("--n", "x").getInt("n", 1))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("parameter 'n' is 'x'");
        assertThatThrownBy(() -> of("--n").getInt("n"))
                .hasMessageContaining("'n' is given without a value");
    }

    @Test
    void knowsWhatNothingAskedFor() {
        ParameterTool tool = of("--a", "1", "--b", "2", "--c");
        tool.get("a");
        tool.has("c");
        assertThat(tool.getUnrequestedParameters()).containsExactly("b");
    }

    @Test
    void mergesWithPrecedenceOfTheOtherAndKeepsWhatWasAskedFor() {
        ParameterTool left = of("--a", "1", "--b", "1");
        ParameterTool right = of("--b", "2", "--c", "2");
        left.get("a");
        right.get("b");
        ParameterTool merged = left.mergeWith(right);
        assertThat(merged.getUnrequestedParameters()).containsExactly("c");
        assertThat(merged.toMap()).isEqualTo(Map.of("a", "1", "b", "2", "c", "2"));
    }

    @Test
    void readsAndWritesPropertiesFiles(@TempDir Path directory) throws Exception {
        Path in = directory.resolve("in.properties");
        Files.writeString(in, "a=1\nb = two words\n");
        ParameterTool tool = ParameterTool.fromPropertiesFile(in.toString());
        assertThat(tool.toMap()).isEqualTo(Map.of("a", "1", "b", "two words"));
        assertThat(tool.getProperties().getProperty("a")).isEqualTo("1");
        assertThat(tool.getConfiguration().getInteger("a", 0)).isEqualTo(1);

        tool.get("a", "9");
        tool.get("c");
        Path out = directory.resolve("out.properties");
        tool.createPropertiesFile(out.toString());
        assertThat(ParameterTool.fromPropertiesFile(new File(out.toString())).toMap())
                .isEqualTo(Map.of("a", "9", "c", "<undefined>"));
        assertThatThrownBy(() -> tool.createPropertiesFile(out.toString(), false))
                .hasMessageContaining("exists");
        assertThatThrownBy(() -> ParameterTool.fromPropertiesFile("/no/such"))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void isEqualByWhatItHoldsAndHowItWasUsed() {
        ParameterTool tool = of("--a", "1");
        assertThat(tool).isEqualTo(of("--a", "1")).hasSameHashCodeAs(of("--a", "1"));
        tool.get("a");
        assertThat(tool).isNotEqualTo(of("--a", "1"));
    }

    @Test
    void keepsSeveralValuesInOrder() {
        MultipleParameterTool tool =
                MultipleParameterTool.fromArgs(
                        new String[] {"--in", "a", "--in", "b", "--out", "c", "--flag"});
        assertThat(tool.getMultiParameter("in")).containsExactly("a", "b");
        assertThat(tool.get("out")).isEqualTo("c");
        assertThat(tool.toMap()).isEqualTo(Map.of("in", "b", "out", "c", "flag", "__NO_VALUE_KEY"));
        assertThat(tool.getMultiParameter("none")).isNull();
        assertThatThrownBy(() -> tool.get("in")).hasMessageContaining("2 values");
        assertThatThrownBy(() -> tool.getMultiParameterRequired("none"))
                .hasMessageContaining("'none'");
        assertThat(
                        tool.mergeWith(
                                        MultipleParameterTool.fromMultiMap(
                                                Map.of("in", List.of("d"))))
                                .getMultiParameter("in"))
                .containsExactly("a", "b", "d");
    }
}
