package io.millrace.api.option.description;

/** The end of a line. Immutable. */
public class LineBreakElement implements InlineElement, BlockElement {
    private LineBreakElement() {}

    public static LineBreakElement linebreak() {
        return new LineBreakElement();
    }

    @Override
    public void format(Formatter formatter) {
        formatter.format(this);
    }
}
