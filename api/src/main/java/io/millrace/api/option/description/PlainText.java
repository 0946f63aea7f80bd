package io.millrace.api.option.description;

import io.millrace.api.option.description.TextElement.TextStyle;
import java.util.EnumSet;

/** Descriptions for a terminal. Confined to its caller. */
final class PlainText extends Formatter {
    @Override
    protected void formatLink(StringBuilder state, String link, String description) {
        state.append(description.equals(link) ? link : description + " (" + link + ")");
    }

    @Override
    protected void formatLineBreak(StringBuilder state) {
        state.append('\n');
    }

    @Override
    protected void formatText(
            StringBuilder state, String format, String[] elements, EnumSet<TextStyle> styles) {
        String text = String.format(format, (Object[]) elements);
        state.append(styles.contains(TextStyle.CODE) ? "'" + text + "'" : text);
    }

    @Override
    protected void formatList(StringBuilder state, String[] entries) {
        for (String entry : entries) {
            state.append("\n- ").append(entry);
        }
        state.append('\n');
    }

    @Override
    protected Formatter newInstance() {
        return new PlainText();
    }
}
