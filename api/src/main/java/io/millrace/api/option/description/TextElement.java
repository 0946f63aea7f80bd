package io.millrace.api.option.description;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/** Text, with other parts in the place of each {@code %s}. Immutable. */
public class TextElement implements BlockElement, InlineElement {
    private final String format;
    private final List<InlineElement> elements;
    private final EnumSet<TextStyle> styles;

    /** How text is shown. */
    public enum TextStyle {
        CODE
    }

    private TextElement(String format, List<InlineElement> elements, EnumSet<TextStyle> styles) {
        this.format = Objects.requireNonNull(format);
        this.elements = List.copyOf(elements);
        this.styles = styles;
    }

    /**
     * @param format with a {@code %s} for each of the elements
     */
    public static TextElement text(String format, InlineElement... elements) {
        return new TextElement(format, List.of(elements), EnumSet.noneOf(TextStyle.class));
    }

    /**
     * @param text as it is; a percent sign stands for itself
     */
    public static TextElement text(String text) {
        return new TextElement(text.replace("%", "%%"), List.of(), EnumSet.noneOf(TextStyle.class));
    }

    /** Text that is shown as code. */
    public static TextElement code(String text) {
        return new TextElement(text.replace("%", "%%"), List.of(), EnumSet.of(TextStyle.CODE));
    }

    /** The elements one after the other. */
    public static InlineElement wrap(InlineElement... elements) {
        return text(String.join("", Collections.nCopies(elements.length, "%s")), elements);
    }

    /** With a {@code %s} for each of the elements. */
    public String getFormat() {
        return format;
    }

    public List<InlineElement> getElements() {
        return elements;
    }

    /** A copy. */
    public EnumSet<TextStyle> getStyles() {
        return EnumSet.copyOf(styles);
    }

    @Override
    public void format(Formatter formatter) {
        formatter.format(this);
    }
}
