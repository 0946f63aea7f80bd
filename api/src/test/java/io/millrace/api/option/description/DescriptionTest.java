package io.millrace.api.option.description;

import static io.millrace.api.option.description.LinkElement.link;
import static io.millrace.api.option.description.TextElement.code;
import static io.millrace.api.option.description.TextElement.text;
import static io.millrace.api.option.description.TextElement.wrap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.ConfigOptions;
import io.millrace.api.option.description.TextElement.TextStyle;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class DescriptionTest {
    private static final Description ALL_PARTS =
            Description.builder()
                    .text("Takes all of %s, see %s.", code("x.y"), link("u"))
                    .linebreak()
                    .text("5% more")
                    .list(text("one"), wrap(text("t"), text("wo")))
                    .add(text("end"))
                    .build();

    @Test
    void isReadableAsPlainText() {
        assertThat(ALL_PARTS).hasToString("Takes all of 'x.y', see u.\n5% more\n- one\n- two\nend");
    }

    @Test
    void isShownAsAProgramsOwnFormatterWants() {
        assertThat(new Angular().format(ALL_PARTS))
                .isEqualTo("Takes all of <code>x.y</code>, see <a u>u</a>.<br>5% more[one|two]end");
    }

    @Test
    void isWhatAnOptionSaysOfItself() {
        ConfigOption<Integer> option =
                ConfigOptions.key("x.y").intType().defaultValue(1).withDescription(ALL_PARTS);

        assertThat(option.description()).hasToString(ALL_PARTS.toString());
        assertThat(ConfigOptions.key("x.z").intType().noDefaultValue().description())
                .hasToString("");
    }

    @Test
    void refusesAPartThatIsNotThere() {
        Description.DescriptionBuilder builder = Description.builder();
        builder.add(null);

        assertThatThrownBy(builder::build).isInstanceOf(NullPointerException.class);
    }

    /** As a page would show it. */
    private static final class Angular extends Formatter {
        @Override
        protected void formatLink(StringBuilder state, String link, String description) {
            state.append("<a ").append(link).append('>').append(description).append("</a>");
        }

        @Override
        protected void formatLineBreak(StringBuilder state) {
            state.append("<br>");
        }

        @Override
        protected void formatText(
                StringBuilder state, String format, String[] elements, EnumSet<TextStyle> styles) {
            String text = String.format(format, (Object[]) elements);
            state.append(styles.contains(TextStyle.CODE) ? "<code>" + text + "</code>" : text);
        }

        @Override
        protected void formatList(StringBuilder state, String[] entries) {
            state.append('[').append(String.join("|", entries)).append(']');
        }

        @Override
        protected Formatter newInstance() {
            return new Angular();
        }
    }
}
