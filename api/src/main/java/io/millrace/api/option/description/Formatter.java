package io.millrace.api.option.description;

import io.millrace.api.option.description.TextElement.TextStyle;
import java.util.EnumSet;

/**
 * Shows descriptions in one form. Subclasses say what each part looks like; this class goes through
 * the parts. Confined to its caller.
 */
public abstract class Formatter {
    private final StringBuilder state = new StringBuilder();

    public Formatter() {}

    public String format(Description description) {
        description.getBlocks().forEach(block -> block.format(this));
        return take();
    }

    public void format(LinkElement element) {
        formatLink(state, element.getLink(), element.getText());
    }

    public void format(TextElement element) {
        String[] inner = element.getElements().stream().map(this::shown).toArray(String[]::new);
        formatText(state, element.getFormat(), inner, element.getStyles());
    }

    public void format(LineBreakElement element) {
        formatLineBreak(state);
    }

    public void format(ListElement element) {
        formatList(state, element.getEntries().stream().map(this::shown).toArray(String[]::new));
    }

    private String shown(InlineElement element) {
        Formatter formatter = newInstance();
        element.format(formatter);
        return formatter.take();
    }

    private String take() {
        String text = state.toString();
        state.setLength(0);
        return text;
    }

    protected abstract void formatLink(StringBuilder state, String link, String description);

    protected abstract void formatLineBreak(StringBuilder state);

    /**
     * @param format with a {@code %s} for each of the elements
     * @param elements as this form shows them
     */
    protected abstract void formatText(
            StringBuilder state, String format, String[] elements, EnumSet<TextStyle> styles);

    /**
     * @param entries as this form shows them
     */
    protected abstract void formatList(StringBuilder state, String[] entries);

    /** Another one of the same form, for what stands inside. */
    protected abstract Formatter newInstance();
}
