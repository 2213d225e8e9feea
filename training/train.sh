#!/bin/sh
# Train the pipeline that ships in constitution_check/syntax_model.
# usage: TREEBANK=folder sh training/train.sh [work folder]
# TREEBANK holds train, dev and test of UD English EWT as .conllu or .conllu.gz, and its LICENSE.txt.
set -eu
: "${TREEBANK:?Set TREEBANK to the folder of UD English EWT; training/README.md says where to get it.}"
work=${1:-out/training}
python=${PYTHON:-python}
mkdir -p "$work/plain" "$work/treebank" "$work/mixed"
for part in train dev test; do
    found=$(ls "$TREEBANK"/*"$part".conllu "$TREEBANK"/*"$part".conllu.gz 2>/dev/null | head -n 1)
    [ -n "$found" ] || { echo "There is no $part part in $TREEBANK." >&2; exit 2; }
    case $found in
        *.gz) gzip -dc "$found" > "$work/plain/$part.conllu" ;;
        *) cp "$found" "$work/plain/$part.conllu" ;;
    esac
    "$python" -m spacy convert -n 1 "$work/plain/$part.conllu" "$work/treebank"
done
"$python" -m spacy train training/stage1.cfg -o "$work/stage1" \
    --paths.train "$work/treebank/train.spacy" --paths.dev "$work/treebank/dev.spacy"
"$python" -m training.legal "$work/plain"
"$python" -m spacy convert -n 1 "$work/plain/legal.conllu" "$work/mixed"
cp "$work/treebank/train.spacy" "$work/mixed/treebank.spacy"
"$python" -m spacy train training/stage2.cfg -o "$work/stage2" --code training/callbacks.py \
    --paths.train "$work/mixed" --paths.dev "$work/treebank/dev.spacy" --paths.start "$work/stage1/model-best"
"$python" -m training.pack "$work/stage2/model-best" constitution_check/syntax_model "$TREEBANK"
"$python" -m training.figures "$work/treebank/test.spacy"
