package io.millrace.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.savepoint.RowFilter.Column;
import io.millrace.savepoint.RowFilter.Node;
import io.millrace.savepoint.RowFilter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads conditions. Confined to one reading.
 *
 * <pre>
 * where   := and ("or" and)*
 * and     := not ("and" not)*
 * not     := "not" not | "(" where ")" | test
 * test    := column ( compare literal | "is" ["not"] "null" | ["not"] "in" "(" literal ("," literal)* ")"
 *                   | ["not"] "like" text | ["not"] "between" literal "and" literal )
 * column  := name ("." name)*            name := letters, digits, "_" and "$", or anything in "…"
 * compare := "=" | "!=" | "&lt;&gt;" | "&lt;" | "&lt;=" | "&gt;" | "&gt;="
 * literal := text | number | "true" | "false"           text := '…', with '' for one '
 * </pre>
 *
 * Words are the same in capitals. In the text behind {@code like} stands {@code %} for anything and
 * {@code _} for one character.
 */
final class RowFilterText {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(?:(?<text>'(?:[^']|'')*')"
                            + "|(?<quoted>\"[^\"]+\")"
                            + "|(?<number>-?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
                            + "|(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)"
                            + "|(?<sign><=|>=|<>|!=|==|[=<>(),.]))");

    private static final Map<String, Operator> OPERATORS =
            Map.of(
                    "=", Operator.EQUAL,
                    "==", Operator.EQUAL,
                    "!=", Operator.NOT_EQUAL,
                    "<>", Operator.NOT_EQUAL,
                    "<", Operator.LESS,
                    "<=", Operator.NOT_MORE,
                    ">", Operator.MORE,
                    ">=", Operator.NOT_LESS);

    /** Deeper than anybody writes; a stack has its limit. */
    private static final int MAX_DEPTH = 200;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String all;
    private final List<Token> tokens;
    private int next;
    private int depth;

    private enum Kind {
        TEXT,
        QUOTED,
        NUMBER,
        WORD,
        SIGN,
        END
    }

    /**
     * @param value without quotes
     * @param at of its first character
     */
    private record Token(Kind kind, String value, int at) {}

    private RowFilterText(String all) {
        this.all = all;
        this.tokens = tokens(all);
    }

    static RowFilter parse(String text) {
        RowFilterText reader = new RowFilterText(text);
        Node root = reader.where();
        if (reader.peek().kind() != Kind.END) {
            throw reader.wrong("'and', 'or' or the end");
        }
        return new RowFilter(root);
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (matcher.find(at) && matcher.start() == at) {
            tokens.add(token(matcher));
            at = matcher.end();
        }
        if (!text.substring(at).isBlank()) {
            int place = at;
            while (Character.isWhitespace(text.charAt(place))) {
                place++;
            }
            throw wrong(text, place, "a name, a number, a sign or a text in '…'");
        }
        tokens.add(new Token(Kind.END, "", text.length()));
        return tokens;
    }

    private static Token token(Matcher matcher) {
        if (matcher.group("text") != null) {
            String text = matcher.group("text");
            return new Token(
                    Kind.TEXT,
                    text.substring(1, text.length() - 1).replace("''", "'"),
                    matcher.start("text"));
        }
        if (matcher.group("quoted") != null) {
            String text = matcher.group("quoted");
            return new Token(
                    Kind.QUOTED, text.substring(1, text.length() - 1), matcher.start("quoted"));
        }
        for (Kind kind : List.of(Kind.NUMBER, Kind.WORD, Kind.SIGN)) {
            String name = kind == Kind.NUMBER ? "number" : kind == Kind.WORD ? "word" : "sign";
            if (matcher.group(name) != null) {
                return new Token(kind, matcher.group(name), matcher.start(name));
            }
        }
        throw new IllegalStateException("a token of no kind");
    }

    private Node where() {
        if (++depth > MAX_DEPTH) {
            throw wrong("fewer than " + MAX_DEPTH + " conditions in one another");
        }
        Node left = and();
        while (takeWord("or")) {
            left = new RowFilter.Or(left, and());
        }
        depth--;
        return left;
    }

    private Node and() {
        Node left = not();
        while (takeWord("and")) {
            left = new RowFilter.And(left, not());
        }
        return left;
    }

    private Node not() {
        boolean turned = false;
        while (takeWord("not")) {
            turned = !turned;
        }
        Node node;
        if (takeSign("(")) {
            node = where();
            require(")");
        } else {
            node = test();
        }
        return turned ? new RowFilter.Not(node) : node;
    }

    private Node test() {
        Column column = column();
        Token token = peek();
        if (token.kind() == Kind.SIGN && OPERATORS.containsKey(token.value())) {
            next++;
            if (takeWord("null")) {
                throw wrong("'is null' or 'is not null', as nothing equals null");
            }
            return new RowFilter.Comparison(column, OPERATORS.get(token.value()), literal());
        }
        if (takeWord("is")) {
            boolean turned = takeWord("not");
            if (!takeWord("null")) {
                throw wrong("'null'");
            }
            return turned
                    ? new RowFilter.Not(new RowFilter.IsNull(column))
                    : new RowFilter.IsNull(column);
        }
        boolean turned = takeWord("not");
        Node node = member(column);
        return turned ? new RowFilter.Not(node) : node;
    }

    private Node member(Column column) {
        if (takeWord("in")) {
            require("(");
            List<JsonNode> literals = new ArrayList<>();
            do {
                literals.add(literal());
            } while (takeSign(","));
            require(")");
            return new RowFilter.In(column, literals);
        }
        if (takeWord("like")) {
            Token token = peek();
            if (token.kind() != Kind.TEXT) {
                throw wrong("a text in '…'");
            }
            next++;
            return new RowFilter.Like(column, pattern(token.value()));
        }
        if (takeWord("between")) {
            JsonNode from = literal();
            if (!takeWord("and")) {
                throw wrong("'and'");
            }
            return new RowFilter.And(
                    new RowFilter.Comparison(column, Operator.NOT_LESS, from),
                    new RowFilter.Comparison(column, Operator.NOT_MORE, literal()));
        }
        throw wrong("=, !=, <, <=, >, >=, 'is', 'in', 'like' or 'between'");
    }

    private static Pattern pattern(String like) {
        StringBuilder pattern = new StringBuilder();
        like.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '%' -> pattern.append(".*");
                                case '_' -> pattern.append('.');
                                default -> pattern.append(Pattern.quote(Character.toString(c)));
                            }
                        });
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }

    private Column column() {
        List<String> names = new ArrayList<>();
        do {
            Token token = peek();
            boolean name = token.kind() == Kind.WORD || token.kind() == Kind.QUOTED;
            if (!name) {
                throw wrong("the name of a column");
            }
            next++;
            names.add(token.value());
        } while (takeSign("."));
        return new Column(names);
    }

    private JsonNode literal() {
        Token token = peek();
        switch (token.kind()) {
            case TEXT -> {
                next++;
                return JSON.textNode(token.value());
            }
            case NUMBER -> {
                next++;
                return JSON.numberNode(RowFilter.number(token.value()));
            }
            default -> {
                if (takeWord("true")) {
                    return JSON.booleanNode(true);
                }
                if (takeWord("false")) {
                    return JSON.booleanNode(false);
                }
                throw wrong("a number, a text in '…', true or false");
            }
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean takeWord(String word) {
        if (peek().kind() == Kind.WORD && peek().value().equalsIgnoreCase(word)) {
            next++;
            return true;
        }
        return false;
    }

    private boolean takeSign(String sign) {
        if (peek().kind() == Kind.SIGN && peek().value().equals(sign)) {
            next++;
            return true;
        }
        return false;
    }

    private void require(String sign) {
        if (!takeSign(sign)) {
            throw wrong("'" + sign + "'");
        }
    }

    private MillraceException wrong(String expected) {
        return wrong(all, peek().at(), expected);
    }

    private static MillraceException wrong(String all, int at, String expected) {
        return new MillraceException(
                ErrorCode.INVALID_OPTION,
                "the condition cannot be understood: there should be "
                        + expected
                        + " at the place marked ›:  "
                        + all.substring(0, at)
                        + "›"
                        + all.substring(at)
                        + "   Write it like: key = 'x' and value.count > 3");
    }
}
