package io.millrace.api.option.description;

import java.util.ArrayList;
import java.util.List;

/** What is said of an option. Immutable; made by its {@link #builder}. */
public class Description {
    private final List<BlockElement> blocks;

    private Description(List<BlockElement> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    public static DescriptionBuilder builder() {
        return new DescriptionBuilder();
    }

    public List<BlockElement> getBlocks() {
        return blocks;
    }

    /** As plain text. */
    @Override
    public String toString() {
        return new PlainText().format(this);
    }

    /** Adds part after part. */
    public static class DescriptionBuilder {
        private final List<BlockElement> blocks = new ArrayList<>();

        public DescriptionBuilder() {}

        /**
         * @param format with a {@code %s} for each of the elements
         */
        public DescriptionBuilder text(String format, InlineElement... elements) {
            return add(TextElement.text(format, elements));
        }

        public DescriptionBuilder text(String text) {
            return add(TextElement.text(text));
        }

        public DescriptionBuilder add(BlockElement block) {
            blocks.add(block);
            return this;
        }

        public DescriptionBuilder linebreak() {
            return add(LineBreakElement.linebreak());
        }

        public DescriptionBuilder list(InlineElement... elements) {
            return add(ListElement.list(elements));
        }

        public Description build() {
            return new Description(blocks);
        }
    }
}
